import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Notice } from "@/app/_components/notice";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { browseChoices, browseImages } from "@/server/images/browse/queries";
import { sortOrders } from "@/server/images/browse/schema";
import { filtersOfSearch, searchOfFilters } from "@/server/images/browse/search";
import { vocabulary } from "@/server/labels/vocabulary";
import { Browser } from "./_browse/browser";

export const metadata: Metadata = { title: "Images" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ImagesPage({ searchParams }: Props) {
  const person = await requirePermission("images.view");
  const params = await searchParams;
  const filters = filtersOfSearch(params);
  const sort = sortOrders.find((order) => order === params.sort) ?? "id";
  const [browsed, choices, findings] = await Promise.all([
    browseImages(person, { filters, sort }),
    browseChoices(person, {}),
    vocabulary(),
  ]);
  if (!browsed.ok) {
    return (
      <Notice tone="error" action={<LinkButton href="/images">Show all images</LinkButton>}>
        {browsed.message}
      </Notice>
    );
  }
  const { rows, next, ...counts } = browsed.value;
  if (counts.of === 0) return <NoImages mayImport={may(person, "datasets.import")} />;
  return (
    <>
      <Breadcrumbs crumbs={[{ label: "Images" }]} />
      <Browser
        counts={counts}
        first={{ rows, next }}
        loaded={{ search: searchOfFilters(filters), sort }}
        splits={choices.ok ? choices.value.splits : null}
        findings={findings.map(({ position, name, shortName }) => ({ position, name, shortName }))}
        may={{
          labels: may(person, "labels.view"),
          cohorts: may(person, "cohorts.manage"),
          worklists: may(person, "worklists.manage"),
        }}
      />
    </>
  );
}

function NoImages({ mayImport }: { mayImport: boolean }) {
  return (
    <EmptyState
      title="No images yet"
      text={
        mayImport
          ? "Import a dataset: every film with its patient, study, view and labels appears here."
          : "Nobody has imported a dataset yet. A scientist or an administrator can."
      }
      action={
        mayImport ? (
          <LinkButton href="/datasets/import" variant="primary">
            Import a dataset
          </LinkButton>
        ) : undefined
      }
    />
  );
}
