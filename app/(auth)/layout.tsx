import type { ReactNode } from "react";

/** Pages for people without a session: one narrow column. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[360px]">
        <p className="mb-6 text-center font-semibold text-[15px] tracking-[.02em]">Overread</p>
        {children}
      </div>
    </main>
  );
}
