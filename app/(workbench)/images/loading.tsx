/** The page's frame, at the places where everything will stand. */
export default function Loading() {
  const tiles = Array.from({ length: 30 }, (_, index) => index);
  return (
    <div className="-m-5 grid h-[calc(100%+40px)] grid-cols-[304px_minmax(0,1fr)]" aria-busy="true">
      <div className="border-line border-r bg-panel" />
      <div className="p-4">
        <div className="h-7 w-80 rounded bg-raise" />
        <span className="sr-only" role="status">
          Counting images
        </span>
        <div className="mt-6 grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-2">
          {tiles.map((tile) => (
            <div key={tile} className="aspect-square animate-pulse rounded-md bg-panel" />
          ))}
        </div>
      </div>
    </div>
  );
}
