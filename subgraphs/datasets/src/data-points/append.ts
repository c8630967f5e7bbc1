import { defineEntity, p } from '@mikro-orm/core';

import { Dataset } from '../datasets/dataset.ts';

const AppendSchema = defineEntity({
  name: 'Append',
  properties: {
    dataset: () => p.manyToOne(Dataset).primary().ref(),
    /** Counted from 1 for each dataset, in the order of commit; the subscription's cursor. */
    sequence: p.bigint('number').primary(),
    /** The table that the rows went to; a REPLACE gives the dataset another one. */
    tableName: p.text(),
    firstRowId: p.bigint('number'),
    lastRowId: p.bigint('number'),
    idempotencyKey: p.text().nullable(),
    appendedAt: p.datetime().onCreate(() => new Date()),
  },
});

/** Rows that became visible together. Their ids are contiguous. */
export class Append extends AppendSchema.class {}
AppendSchema.setClass(Append);
