import { ImportFailure } from '../import-failure.ts';

/** The first bytes of common binary formats, in hexadecimal. */
const SIGNATURES: readonly (readonly [name: string, start: string])[] = [
  ['PNG image', '89504e47'],
  ['JPEG image', 'ffd8ff'],
  ['GIF image', '47494638'],
  ['PDF document', '25504446'],
  ['ZIP archive or Excel workbook', '504b0304'],
  ['gzip archive', '1f8b'],
  ['Zstandard archive', '28b52ffd'],
  ['xz archive', 'fd377a58'],
  ['bzip2 archive', '425a68'],
  ['7-Zip archive', '377abcaf'],
  ['old Excel workbook', 'd0cf11e0'],
  ['Parquet file', '50415231'],
  ['Arrow file', '4152524f5731'],
  ['SQLite database', '53514c697465'],
];

/**
 * Checks that a file starts like UTF-8 text.
 * @throws {ImportFailure} BINARY_FILE or NOT_UTF8.
 */
export function assertText(start: Buffer): void {
  const hex = start.toString('hex', 0, 8);
  const [name] = SIGNATURES.find(([, signature]) => hex.startsWith(signature)) ?? [];
  if (name !== undefined) {
    const advice = name.includes('archive')
      ? ' Unpack it first.'
      : ' Save it as CSV or JSON first.';
    throw new ImportFailure(
      'BINARY_FILE',
      `This looks like a binary file (${name}), not CSV or JSON.${advice}`,
    );
  }
  if (hex.startsWith('fffe') || hex.startsWith('feff')) {
    throw new ImportFailure(
      'NOT_UTF8',
      'This is UTF-16 text. Save the file in the encoding UTF-8 and import it again.',
      1,
    );
  }
}
