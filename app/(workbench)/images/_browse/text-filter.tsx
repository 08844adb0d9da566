"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";

type Props = { text: string; onChange: (text: string) => void };

/** Patient or path by how it starts; asked of the server when typing pauses. */
export function TextFilter({ text, onChange }: Props) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const latest = useRef(onChange);
  latest.current = onChange;
  // The address changed from elsewhere: a link, the back button, a filter taken away.
  if (known !== text) {
    setKnown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => latest.current(typed.trim()), 350);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <div className="relative pb-3">
      <Search aria-hidden size={14} className="absolute top-[7px] left-2 text-faint" />
      <input
        type="search"
        aria-label="Patient or path starts with"
        placeholder="Patient or path starts with"
        value={typed}
        maxLength={300}
        onChange={(event) => setTyped(event.target.value)}
        className="h-7 w-full rounded-md border border-line bg-bg pr-2 pl-7 placeholder:text-faint"
      />
    </div>
  );
}
