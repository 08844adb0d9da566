"use client";

import { ChevronLeft, ChevronRight, X } from "lucide-react";
import Link from "next/link";
import { Button, LinkButton } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import { FilmView } from "@/app/_viewer/film-view";
import type { ImageDetail } from "@/server/images/browse/schema";
import { full } from "../_browse/counts-text";
import { NoFilm } from "../_browse/no-film";
import type { ShownFinding } from "../_browse/types";
import { factsOf, studyWords } from "./facts";
import { FilmFacts } from "./film-facts";
import { LabelHistory } from "./label-history";
import { LabelList } from "./label-list";
import { PredictionList } from "./prediction-list";
import { Section } from "./section";
import { useImageDetail } from "./use-image-detail";

type Props = {
  id: number;
  findings: readonly ShownFinding[];
  /** Where it stands in the list, where that is known. */
  place: number | undefined;
  count: number;
  onClose: () => void;
  onStep: (by: number) => void;
};

/** The chosen film with all that is known of it. */
export function SideFilm({ id, findings, place, count, onClose, onStep }: Props) {
  const { detail, failure } = useImageDetail(id);
  return (
    <aside
      aria-label="Chosen image"
      className="flex min-h-0 min-w-0 flex-col overflow-y-auto border-line border-l bg-panel"
    >
      <div className="sticky top-0 z-10 flex h-11 shrink-0 items-center gap-1 border-line border-b bg-panel px-3">
        <Button
          size="sm"
          variant="ghost"
          icon={<ChevronLeft aria-hidden size={16} />}
          label="Previous image"
          isDisabled={place === undefined || place === 0}
          onPress={() => onStep(-1)}
        />
        <Button
          size="sm"
          variant="ghost"
          icon={<ChevronRight aria-hidden size={16} />}
          label="Next image"
          isDisabled={place === undefined || place >= count - 1}
          onPress={() => onStep(1)}
        />
        <span className="ml-1 text-[12px] text-dim">
          {place === undefined ? `Image ${id}` : `${full(place + 1)} of ${full(count)}`}
        </span>
        <span className="ml-auto">
          <Button
            size="sm"
            variant="ghost"
            icon={<X aria-hidden size={16} />}
            label="Close"
            onPress={onClose}
          />
        </span>
      </div>
      {failure ? (
        <div className="p-3">
          <Notice tone="error">{failure}</Notice>
        </div>
      ) : (
        <>
          <Film id={id} detail={detail} />
          {detail ? <Details detail={detail} findings={findings} /> : <DetailsToCome />}
        </>
      )}
    </aside>
  );
}

function Film({ id, detail }: { id: number; detail: ImageDetail | null }) {
  const alt = detail ? `Film of ${detail.patient}, ${detail.study}, ${detail.view}` : "Film";
  return (
    <div className="relative aspect-square w-full shrink-0 bg-black">
      {detail && !detail.film ? (
        <NoFilm words="Only the table was imported; the film is not here" />
      ) : detail?.id === id ? (
        <FilmView key={id} imageId={id} alt={alt} showReadout className="size-full" />
      ) : null}
    </div>
  );
}

function Details({ detail, findings }: { detail: ImageDetail; findings: readonly ShownFinding[] }) {
  return (
    <div className="flex flex-col">
      <div className="flex items-start justify-between gap-3 px-4 py-3">
        <div className="min-w-0">
          <h2 className="truncate font-semibold">
            <Link href={`/patients/${detail.patientId}`} className="hover:text-accent hover:underline">
              {detail.patient}
            </Link>
          </h2>
          <div className="text-dim">
            {studyWords(detail)} · {detail.dataset}
          </div>
          <div className="text-dim">{factsOf(detail)}</div>
        </div>
        <LinkButton href={`/patients/${detail.patientId}`} size="sm">
          Open patient
        </LinkButton>
      </div>
      {detail.duplicates.length > 0 ? <Duplicates detail={detail} /> : null}
      {detail.labels === null ? null : (
        <Section title="Labels" aside={originWords[detail.labelOrigin]}>
          <LabelList labels={detail.labels} findings={findings} />
        </Section>
      )}
      {detail.history === null ? null : (
        <Section title="How they came to be" aside={readsWords(detail.history.length - 1)}>
          <LabelHistory history={detail.history} findings={findings} />
          <Link
            href={`/labels/studies/${detail.studyId}`}
            className="mt-2 inline-block text-[12px] text-accent hover:underline"
          >
            Whole history
          </Link>
        </Section>
      )}
      {detail.predictions && detail.predictions.length > 0 ? (
        <Section title="What models said">
          <PredictionList predictions={detail.predictions} imageId={detail.id} />
        </Section>
      ) : null}
      <FilmFacts detail={detail} />
    </div>
  );
}

const originWords: Record<ImageDetail["labelOrigin"], string> = {
  source: "as imported",
  read: "by one read",
  consensus: "by consensus of reads",
  adjudicated: "adjudicated",
};

function readsWords(count: number): string {
  return count === 0 ? "not read yet" : count === 1 ? "1 read" : `${count} reads`;
}

function Duplicates({ detail }: { detail: ImageDetail }) {
  return (
    <div className="px-4 pb-3">
      <Notice tone="warn" title="The same film stands elsewhere too">
        <ul>
          {detail.duplicates.map((copy) => (
            <li key={copy.id} className="truncate">
              <Link href={`/patients/${copy.patientId}`} className="text-accent hover:underline">
                {copy.patient}
              </Link>{" "}
              {copy.dataset} · {copy.path}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function DetailsToCome() {
  return (
    <div role="status" className="flex flex-col gap-2 p-4">
      <span className="sr-only">Loading image</span>
      <span className="h-4 w-40 rounded bg-raise" />
      <span className="h-4 w-56 rounded bg-raise" />
    </div>
  );
}
