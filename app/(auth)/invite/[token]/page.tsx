import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { invitationOf } from "@/server/auth/invitations";
import { AcceptForm } from "./accept-form";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await invitationOf(token);
  if (!invitation) {
    return (
      <Card>
        <h1 className="mb-2 font-semibold text-[20px] leading-7">This link does not work</h1>
        <p className="mb-4 text-dim">
          It was used, has expired, or is not complete. Ask an administrator for a new one.
        </p>
        <LinkButton href="/sign-in">Sign in</LinkButton>
      </Card>
    );
  }
  return <AcceptForm token={token} email={invitation.email} role={invitation.role} />;
}
