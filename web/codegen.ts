import { readFileSync } from 'node:fs';

import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

import { apiSchemaOf } from './codegen-schema.ts';

const supergraph = readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8');

/** Generates types for the client's operations from the committed supergraph. The output is committed and verified by the check. */
const config: CodegenConfig = {
  schema: apiSchemaOf(supergraph),
  documents: ['src/**/*.{ts,tsx}', '!src/generated/**'],
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      // Apollo Client adds __typename to what it sends; the hashed text must already have it.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        enumType: 'const',
        immutableTypes: true,
        importExtension: '.ts',
        useTypeImports: true,
        strictScalars: true,
        namingConvention: { enumValues: 'keep' },
        scalars: {
          // Sent as a number while it is exact, else as a string.
          BigInt: 'number | string',
          DateTime: 'string',
          Decimal: 'string',
          ID: 'string',
          JSONObject: 'Readonly<Record<string, unknown>>',
          Upload: 'File',
        },
      },
    },
  },
};

export default config;
