"use client";

import { useEffect, useState } from "react";
import type { ImageDetail } from "@/server/images/browse/schema";
import { getJson } from "../_browse/page-store";

type Loaded = { readonly id: number; readonly detail: ImageDetail | null; readonly failure: string | null };

/** What is known of an image; null while it is on its way. */
export function useImageDetail(id: number): Omit<Loaded, "id"> {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    const loading = new AbortController();
    getJson<ImageDetail>(`/api/images/${id}/details`, loading.signal).then(
      (detail) => setLoaded({ id, detail, failure: null }),
      (error: Error) => {
        if (!loading.signal.aborted) setLoaded({ id, detail: null, failure: error.message });
      },
    );
    return () => loading.abort();
  }, [id]);
  return loaded?.id === id ? loaded : { detail: null, failure: null };
}
