import { defineEntity, p } from '@mikro-orm/core';

const DeletedWorkspaceSchema = defineEntity({
  name: 'DeletedWorkspace',
  tableName: 'deleted_workspaces',
  properties: {
    id: p.uuid().primary(),
    deletedAt: p.datetime(),
  },
});

/** What remains of a deleted workspace. A database trigger adds it; workspaces deleted before 2026-11-28 have none. */
export class DeletedWorkspace extends DeletedWorkspaceSchema.class {}
DeletedWorkspaceSchema.setClass(DeletedWorkspace);
