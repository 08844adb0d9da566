import Link from "next/link";

/** What helps against a shortcut. */
export function Remedies({ cohort }: { cohort: number }) {
  return (
    <div className="text-dim">
      <p>What helps:</p>
      <ul className="ml-4 list-disc">
        <li>
          a cohort whose sources each have films of every class:{" "}
          <Link href="/cohorts/new" className="text-accent underline underline-offset-2">
            make one by filters
          </Link>
        </li>
        <li>
          a split that keeps classes and sources in proportion, on{" "}
          <a href={`/cohorts/${cohort}#new-split`} className="text-accent underline underline-offset-2">
            this cohort
          </a>
          ; it shows the shortcut evenly, it does not remove it
        </li>
        <li>films of one size and crop for every source, made before the import</li>
      </ul>
    </div>
  );
}
