/** One layer or instruction of an image, newest first, as `docker history --no-trunc --human=false` tells it. */
export interface HistoryLine {
  createdBy: string;
  bytes: number;
}

/** How big an image is. */
export interface ImageSize {
  base: number;
  /** All that is not the base image. */
  app: number;
}

/** The format in which `readHistory` wants the history. */
export const historyFormat = '{{.Size}}\t{{.CreatedBy}}';

/** Reads what `docker history --format` printed. */
export function readHistory(text: string): HistoryLine[] {
  return text.split('\n').map((line) => {
    const [size = '', createdBy = ''] = line.split('\t');
    return { bytes: Number(size), createdBy };
  });
}

/** The first instruction of the stages `dev` and `prod`: what is older came with the base image. */
const firstInstruction = /\bWORKDIR \/app\b/;

/** Splits an image's size. Throws when the image was not made by this repository's Dockerfile. */
export function sizeOf(history: HistoryLine[]): ImageSize {
  const first = history.findIndex(({ createdBy }) => firstInstruction.test(createdBy));
  if (first < 0) throw new Error('The image was not made by the Dockerfile of this repository.');
  const sum = (lines: HistoryLine[]) => lines.reduce((bytes, line) => bytes + line.bytes, 0);
  return { base: sum(history.slice(first + 1)), app: sum(history.slice(0, first + 1)) };
}

/** Most that an image of stage `prod` may add to its base. */
export const appShareLimit = 60 * 1024 * 1024;

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`.padStart(10);

/** One line of the table that `npm run images` ends with. */
export const sizeLine = (image: string, { base, app }: ImageSize): string =>
  `${image.padEnd(36)} base ${mebibytes(base)}   app ${mebibytes(app)}`;
