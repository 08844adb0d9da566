import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";

export const metadata: Metadata = { title: "Invitation" };

/** Where a reload of an invitation ends: its token does not stay in the address. */
export default function InviteAgainPage() {
  return (
    <Card>
      <h1 className="mb-2 font-semibold text-[20px] leading-7">Open your invitation again</h1>
      <p className="mb-4 text-dim">
        The link is not kept in the address bar. Open it once more from where you got it.
      </p>
      <LinkButton href="/sign-in">Sign in</LinkButton>
    </Card>
  );
}
