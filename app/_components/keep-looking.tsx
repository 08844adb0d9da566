"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks for the page again every two seconds while it is looked at; leave it out when nothing changes any more. */
export function KeepLooking() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, 2_000);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
