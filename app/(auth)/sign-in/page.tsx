import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { safeReturn } from "@/app/_session/path";
import { currentPerson } from "@/app/_session/session";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ from?: string | string[]; left?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const { from, left } = await searchParams;
  const target = safeReturn(typeof from === "string" ? from : null);
  if (await currentPerson()) redirect(target);
  return <SignInForm target={target} left={left !== undefined} />;
}
