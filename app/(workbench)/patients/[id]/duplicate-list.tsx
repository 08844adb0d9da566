import Link from "next/link";
import { Notice } from "@/app/_components/notice";
import type { PatientTimeline } from "@/server/images/browse/schema";

/** Films with the same pixels elsewhere: under another id they are one patient that a split takes for two. */
export function DuplicateList({ patient }: { patient: PatientTimeline }) {
  const elsewhere = patient.duplicates.some(({ patientId }) => patientId !== patient.id);
  return (
    <Notice
      tone="warn"
      title={
        elsewhere
          ? "Films of this patient stand under another id too"
          : "This patient has the same film twice"
      }
    >
      <ul>
        {patient.duplicates.map(({ of, id, dataset, patientId, patient: other, path }) => (
          <li key={`${of} ${id}`}>
            Image {of} is the same film as{" "}
            <Link
              href={`/images?dataset=${encodeURIComponent(dataset)}&q=${encodeURIComponent(other)}&image=${id}`}
              className="text-accent hover:underline"
            >
              {path}
            </Link>
            {patientId === patient.id ? null : (
              <>
                {" "}
                of{" "}
                <Link href={`/patients/${patientId}`} className="text-accent hover:underline">
                  {other}
                </Link>{" "}
                in {dataset}
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
