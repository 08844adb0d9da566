import { keyCap } from "@/server/lib/key-caps";

/** A key as it stands on the keyboard; "Ctrl K" is two. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="min-w-[18px] rounded border border-line border-b-2 px-1 text-center font-sans text-[11px] text-dim leading-4"
        >
          <KeySign name={key} />
        </kbd>
      ))}
    </span>
  );
}

/** What stands on a key's cap; a screen reader says its name. */
function KeySign({ name }: { name: string }) {
  const { sign, spoken } = keyCap(name);
  if (sign === spoken) return sign;
  return (
    <>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{spoken}</span>
    </>
  );
}
