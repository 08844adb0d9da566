"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";

const messages: Record<string, string> = {
  unauthenticated: "Address or password is wrong.",
  "rate-limited": "Too many failed sign-ins from here. Try again in 15 minutes.",
};

/** @param target a path of this site, checked on the server */
export function SignInForm({ target, left }: { target: string; left: boolean }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setProblem(null);
    const answer = await signIn("credentials", {
      redirect: false,
      email: String(form.get("email")),
      password: String(form.get("password")),
    }).catch(() => undefined);
    if (answer?.ok && !answer.error) {
      // A full load: nothing that the page before knew outlives a change of person.
      window.location.assign(target);
      return;
    }
    setPending(false);
    setProblem(messages[answer?.error ?? ""] ?? "The server does not answer. Try again.");
  }

  return (
    <Card>
      <h1 className="mb-4 font-semibold text-[20px] leading-7">Sign in</h1>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        {problem ? <Notice tone="error" title={problem} /> : null}
        {left && !problem ? <Notice title="You are signed out." /> : null}
        <TextField label="E-mail" name="email" type="email" autoComplete="username" isRequired autoFocus />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <div className="mt-1 flex items-center justify-between gap-4">
          <span className="text-[12px] text-dim leading-4">
            No account? Ask an administrator for an invitation.
          </span>
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            Sign in
          </Button>
        </div>
      </form>
    </Card>
  );
}
