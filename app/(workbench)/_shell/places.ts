import {
  Database,
  FlaskConical,
  LayoutDashboard,
  type LucideIcon,
  ScanEye,
  ShieldCheck,
  Split,
  Tags,
  Waypoints,
} from "lucide-react";
import { allows, type Permission, type Role } from "@/server/auth/permissions";

export const railCookie = "overread.rail";

export type Place = {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly permission: Permission;
  /** Other roots that belong to this place. */
  readonly also?: readonly string[];
};

/** The rail, top to bottom. */
const places: readonly Place[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard, permission: "self.manage" },
  {
    href: "/datasets",
    label: "Datasets",
    icon: Database,
    permission: "datasets.view",
    also: ["/images", "/patients"],
  },
  { href: "/reading", label: "Reading", icon: ScanEye, permission: "worklists.view" },
  { href: "/labels", label: "Labels", icon: Tags, permission: "labels.view" },
  { href: "/cohorts", label: "Cohorts & splits", icon: Split, permission: "cohorts.view", also: ["/splits"] },
  { href: "/training", label: "Training", icon: FlaskConical, permission: "training.view" },
  { href: "/models", label: "Models", icon: Waypoints, permission: "models.view" },
  { href: "/admin/people", label: "Admin", icon: ShieldCheck, permission: "people.manage", also: ["/admin"] },
];

/** Pages below the places, for the palette. */
const pages: readonly Omit<Place, "icon" | "also">[] = [
  { href: "/images", label: "Images", permission: "images.view" },
  { href: "/datasets/import", label: "Import a dataset", permission: "datasets.import" },
  { href: "/reading/keys", label: "My keys in the reading room", permission: "reading.read" },
  { href: "/datasets/quarantine", label: "Quarantine", permission: "quarantine.decide" },
  { href: "/reading/new", label: "New worklist", permission: "worklists.manage" },
  { href: "/labels/differences", label: "Differences between labels", permission: "labels.view" },
  { href: "/labels/policies", label: "Label policies", permission: "labels.view" },
  { href: "/labels/vocabulary", label: "Vocabulary of findings", permission: "labels.view" },
  { href: "/cohorts/new", label: "New cohort", permission: "cohorts.manage" },
  { href: "/training/sweeps", label: "Sweeps", permission: "training.view" },
  { href: "/admin/people", label: "People", permission: "people.manage" },
  { href: "/admin/audit", label: "Audit trail", permission: "audit.view" },
  { href: "/admin/system", label: "System", permission: "people.manage" },
];

/** Everything that a role may open by name. */
export function pagesFor(role: Role): readonly Pick<Place, "href" | "label">[] {
  const all = [...places.filter((place) => !place.href.startsWith("/admin")), ...pages];
  return all.filter((page) => allows(role, page.permission));
}

/** The places that a role may open. */
export function placesFor(role: Role): readonly Place[] {
  return places.filter((place) => allows(role, place.permission));
}

/** The place that a path belongs to. */
export function placeOf(pathname: string): Place | undefined {
  return places.find((place) =>
    place.href === "/"
      ? pathname === "/"
      : [place.href, ...(place.also ?? [])].some(
          (root) => pathname === root || pathname.startsWith(`${root}/`),
        ),
  );
}

/** The reading room has the whole screen. */
export function isReadingRoom(pathname: string): boolean {
  return /^\/reading\/\d+$/.test(pathname);
}
