import Link from "next/link";
import type { ReactNode } from "react";
import { PartTag } from "@/app/_components/part-tag";
import type { ImageDetail } from "@/server/images/browse/schema";
import { readWords } from "../_browse/active-filters";
import { fileWords } from "./facts";
import { Section } from "./section";

/** The file, the row of the dataset's table, and the parts of splits that the image is in. */
export function FilmFacts({ detail }: { detail: ImageDetail }) {
  const { film, file, parts } = detail;
  const extra = Object.entries(detail.extra).filter(([, value]) => value !== "");
  return (
    <>
      {parts && parts.length > 0 ? (
        <Section title="In splits">
          <ul>
            {parts.map(({ splitId, split, part }) => (
              <li key={splitId} className="flex justify-between gap-3">
                <Link href={`/splits/${splitId}`} className="truncate hover:text-accent hover:underline">
                  {split}
                </Link>
                <PartTag part={part} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="File">
        <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-[12px] leading-5">
          <Fact name="Image">{detail.id}</Fact>
          <Fact name="Path">{detail.path}</Fact>
          <Fact name="Reading">{readWords[detail.readState]}</Fact>
          {film && file ? (
            <>
              <Fact name="Size">
                {film.width} × {film.height} px, {file.bitDepth} bit
              </Fact>
              <Fact name="File">{fileWords(file)}</Fact>
              <Fact name="SHA-256">{file.sha256}</Fact>
            </>
          ) : null}
          {extra.map(([name, value]) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
        </dl>
      </Section>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="truncate text-dim" title={name}>
        {name}
      </dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
