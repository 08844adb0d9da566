import Image from "next/image";

/** A film as small as a table's row; nothing where there is none. */
export function FilmThumbnail({ image }: { image: number | null }) {
  if (image === null) return null;
  return (
    <Image
      src={`/api/images/${image}/thumbnail`}
      alt=""
      width={28}
      height={28}
      unoptimized
      className="my-0.5 size-7 rounded-[3px] bg-black object-cover"
    />
  );
}
