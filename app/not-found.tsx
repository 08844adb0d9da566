import { LinkButton } from "./_components/button";

export default function NotFound() {
  return (
    <div className="grid min-h-[60dvh] place-items-center px-4 text-center">
      <div className="flex flex-col items-center gap-3">
        <h1 className="font-semibold text-[20px]">There is nothing here</h1>
        <p className="max-w-[44ch] text-dim">
          The address is wrong, or your role does not show you this page.
        </p>
        <LinkButton href="/" variant="primary">
          Go to the overview
        </LinkButton>
      </div>
    </div>
  );
}
