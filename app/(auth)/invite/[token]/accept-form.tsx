"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { takeUpInvitation } from "./actions";

type Props = { token: string; email: string | null; role: string };

/** Makes the account that the link is for and signs in with it. */
export function AcceptForm({ token, email, role }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  // The token stands in the address once: not in the history, not in a screenshot, not in a bookmark.
  useEffect(() => window.history.replaceState(null, "", "/invite"), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("password"));
    setPending(true);
    setProblem(null);
    const made = await takeUpInvitation({
      token,
      email: email ?? String(form.get("email")),
      name: String(form.get("name")),
      password,
    });
    if (!made.ok) {
      setPending(false);
      setProblem(made.message);
      return;
    }
    await signIn("credentials", { redirect: false, email: made.value.email, password });
    window.location.assign("/");
  }

  return (
    <Card>
      <h1 className="font-semibold text-[20px] leading-7">
        {email === null ? "First administrator" : "Welcome"}
      </h1>
      <p className="mb-4 text-dim">
        {email === null
          ? "This account can invite all others."
          : `You are invited as ${role}, under ${email}.`}
      </p>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        {problem ? <Notice tone="error" title={problem} /> : null}
        {email === null ? (
          <TextField label="E-mail" name="email" type="email" autoComplete="username" isRequired />
        ) : (
          <input type="hidden" name="username" autoComplete="username" value={email} />
        )}
        <TextField label="Your name" name="name" autoComplete="name" isRequired maxLength={120} />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          description="At least 15 characters; a sentence is fine."
          isRequired
        />
        <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1 self-end">
          Make my account
        </Button>
      </form>
    </Card>
  );
}
