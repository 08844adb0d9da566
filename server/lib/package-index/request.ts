/** Fetches from a package index; a name and password in its address go into a header, as pip sends them. */
export async function requestFromIndex(
  address: string | URL,
  { accept, signal }: { readonly accept?: string; readonly signal: AbortSignal },
): Promise<Response> {
  const url = new URL(address);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const response = await fetch(url, {
    signal,
    headers: {
      ...(accept ? { accept } : {}),
      ...(username ? { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` } : {}),
    },
  });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return response;
}
