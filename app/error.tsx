"use client";

import { Button } from "./_components/button";

/** What broke is in the server's log under the digest; nothing of it is shown. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="grid min-h-[60dvh] place-items-center px-4 text-center">
      <div className="flex flex-col items-center gap-3" role="alert">
        <h1 className="font-semibold text-[20px]">Something went wrong</h1>
        <p className="max-w-[44ch] text-dim">
          Nothing that was saved is lost. Try again; if it stays, tell your administrator
          {error.digest ? ` the number ${error.digest}` : ""}.
        </p>
        <Button variant="primary" onPress={reset}>
          Try again
        </Button>
      </div>
    </div>
  );
}
