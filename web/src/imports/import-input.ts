import { type ImportDatasetInput, ImportFormat, ImportMode } from '../generated/graphql.ts';

/** Values of the import form; an empty string means automatic detection. */
export interface ImportFormValues {
  readonly file: File | null;
  readonly name: string;
  readonly mode: typeof ImportMode.APPEND | typeof ImportMode.REPLACE;
  readonly format: ImportFormat | '';
  readonly delimiter: string;
  readonly header: '' | 'yes' | 'no';
}

export const EMPTY_FORM: ImportFormValues = {
  file: null,
  name: '',
  mode: ImportMode.APPEND,
  format: '',
  delimiter: '',
  header: '',
};

export const MAX_NAME = 200;

interface ImportTarget {
  readonly workspaceId: string;
  /** The dataset to import into; undefined creates one. */
  readonly datasetId: string | undefined;
}

/** Whether CSV options apply to the selected format. */
export const hasCsvOptions = ({ format }: ImportFormValues): boolean =>
  format === '' || format === ImportFormat.CSV || format === ImportFormat.TSV;

export function importInput(values: ImportFormValues, target: ImportTarget): ImportDatasetInput {
  const { name, format, delimiter, header, mode } = values;
  const csv = {
    ...(delimiter && { delimiter }),
    ...(header && { header: header === 'yes' }),
  };
  return {
    workspaceId: target.workspaceId,
    name: name.trim(),
    ...(target.datasetId === undefined
      ? { mode: ImportMode.CREATE }
      : { mode, datasetId: target.datasetId }),
    ...(format && { format }),
    ...(hasCsvOptions(values) && Object.keys(csv).length > 0 && { csv }),
  };
}

/** A name for the dataset of a file: `seattle-weather.csv` gives `seattle-weather`. */
export function nameOfFile(fileName: string): string {
  const base = fileName.replace(/(\.(csv|tsv|txt|json|ndjson|jsonl|gz))+$/i, '').trim();
  return (base || fileName).slice(0, MAX_NAME);
}
