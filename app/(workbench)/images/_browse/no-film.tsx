import { FileX2 } from "lucide-react";

/** In place of a film of which only the table was imported. Dark in both themes: it stands among films. */
export function NoFilm({ words = "No film here" }: { words?: string }) {
  return (
    <span className="absolute inset-0 grid place-items-center bg-[#0b0d10] bg-[repeating-linear-gradient(135deg,transparent_0_11px,#12151a_11px_12px)]">
      <span className="flex flex-col items-center gap-1 pb-3 text-[#7b8694] text-[12px] leading-4">
        <FileX2 aria-hidden size={18} strokeWidth={1.5} />
        {words}
      </span>
    </span>
  );
}
