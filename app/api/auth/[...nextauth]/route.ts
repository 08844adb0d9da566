import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/app/_session/options";
import { originAllowed } from "@/app/_session/origin";
import { failureResponse } from "@/app/_session/route";
import { fail } from "@/server/lib/errors";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  if (!originAllowed(request.method, request.headers)) {
    return failureResponse(fail("forbidden", "This request did not come from a page of this site."));
  }
  return NextAuth(request, context, authOptions()) as Promise<Response>;
}

export { handle as GET, handle as POST };
