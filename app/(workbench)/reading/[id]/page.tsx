import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requirePermission } from "@/app/_session/session";
import { readingRoom } from "@/server/reading/queries";
import { ReadingRoom } from "./reading-room";

export const metadata: Metadata = { title: "Reading room" };

export default async function ReadingRoomPage({ params }: { params: Promise<{ id: string }> }) {
  const person = await requirePermission("reading.read");
  const { id } = await params;
  const room = await readingRoom(person, { worklist: Number(id) });
  if (!room.ok) notFound();
  return <ReadingRoom room={room.value} reader={person.userId} />;
}
