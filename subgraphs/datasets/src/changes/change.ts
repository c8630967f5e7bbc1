import { defineEntity, p } from '@mikro-orm/core';

/** CREATE publishes a new dataset, REPLACE all its rows anew; APPEND, UPDATE and DELETE concern the rows in the range of ids. */
export const ChangeKind = {
  CREATE: 'CREATE',
  APPEND: 'APPEND',
  UPDATE: 'UPDATE',
  REPLACE: 'REPLACE',
  DELETE: 'DELETE',
} as const;
export type ChangeKind = (typeof ChangeKind)[keyof typeof ChangeKind];

/** NOTIFY wakes readers of the log; the payload is the dataset's id. */
export const CHANGES_CHANNEL = 'dataset_changed';

const ChangeSchema = defineEntity({
  name: 'Change',
  tableName: 'dataset_change',
  properties: {
    /** Not a foreign key: the last change of a deleted dataset outlives it. */
    datasetId: p.uuid().primary(),
    /** Per dataset, in the order of commit: 0 for the CREATE, then from 1. Public cursors encode it. */
    sequence: p.bigint('number').primary(),
    kind: p.enum(() => ChangeKind),
    /** The table that held the rows at the time; a REPLACE gives the dataset another one. */
    tableName: p.text(),
    firstRowId: p.bigint('number'),
    lastRowId: p.bigint('number'),
    idempotencyKey: p.text().nullable(),
    changedAt: p.datetime(),
  },
});

/** An entry of the change log, written in the transaction of the change. Entries are never changed. */
export class Change extends ChangeSchema.class {}
ChangeSchema.setClass(Change);
