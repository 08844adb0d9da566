import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";

/** What stands in the place of a form that needs a split while there is none. */
export function NoSplit({ what }: { what: string }) {
  return (
    <EmptyState
      title="No split to train on yet"
      text={`${what} needs a cohort divided into training, validation and test.`}
      action={
        <LinkButton href="/cohorts" variant="primary">
          Make a split
        </LinkButton>
      }
    />
  );
}
