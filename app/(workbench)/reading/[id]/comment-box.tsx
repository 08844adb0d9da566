import type { RefObject } from "react";
import { KeyOf } from "./key-of";

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  comment: string;
  placeholder: string;
  /** Taller, for what a line does not hold. */
  tall: boolean;
  disabled: boolean;
  onComment(text: string): void;
};

/** A remark in the reader's own words; Escape gives the keys back to the findings. */
export function CommentBox({ field, comment, placeholder, tall, disabled, onComment }: Props) {
  return (
    <div className="relative">
      <textarea
        ref={field}
        aria-label="Comment"
        rows={tall ? 3 : 1}
        maxLength={4000}
        disabled={disabled}
        value={comment}
        placeholder={placeholder}
        onChange={(event) => onComment(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="block w-full resize-none rounded-md border border-line bg-transparent py-1.5 pr-9 pl-2.5 placeholder:text-dim"
      />
      <span aria-hidden className="absolute top-1.5 right-2">
        <KeyOf action="comment" />
      </span>
    </div>
  );
}
