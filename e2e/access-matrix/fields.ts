import type { ThingName, Things } from './things.ts';

/** The roles of people in the matrix, from the least rights to the most. */
export const ROLES = ['STRANGER', 'VIEWER', 'EDITOR', 'OWNER'] as const;
export type Role = (typeof ROLES)[number];

/** The password of every person in the matrix. */
export const PASSWORD = 'violet-harbour-quartz-1904';

type Values = Readonly<Record<string, unknown>>;

/** Properties of a root field that are not in the schema. */
export interface FieldEntry {
  /** The least role with access; STRANGER where every signed-in caller has access. */
  readonly role: Role;
  /** The object that an argument named `id` identifies. */
  readonly id?: ThingName;
  /** Arguments and input fields that need particular values, by name. */
  readonly values?: Values | ((things: Things) => Promise<Values>);
  /** It removes objects that later cells need: it runs once for an allowed caller, on its own objects. */
  readonly destroys?: true;
}

/** By root field. Add new root fields here: `role` is the least that the field's policy requires. */
export const FIELDS: Readonly<Record<string, FieldEntry>> = {
  'Query.viewer': { role: 'STRANGER' },
  'Query.workspace': { role: 'VIEWER', id: 'workspace' },
  'Query.invitation': { role: 'STRANGER' },
  'Query.identityProviders': { role: 'STRANGER' },
  'Query.dataset': { role: 'VIEWER', id: 'dataset' },
  'Query.datasets': { role: 'VIEWER' },
  'Query.import': { role: 'VIEWER', id: 'import' },
  'Query.chart': { role: 'VIEWER', id: 'chart' },

  'Subscription.importProgressed': { role: 'VIEWER' },
  'Subscription.dataPointsAppended': {
    role: 'VIEWER',
    values: async (things) => ({ after: await things.idOf('cursor') }),
  },
  'Subscription.membershipsChanged': { role: 'STRANGER' },

  'Mutation.importDataset': { role: 'EDITOR' },
  'Mutation.cancelImport': { role: 'EDITOR', id: 'import' },
  'Mutation.appendDataPoints': {
    role: 'EDITOR',
    values: { points: [{ time: '2026-01-02T00:00:00Z', value: 2 }] },
  },
  'Mutation.createChart': { role: 'EDITOR', values: { x: 'time', y: 'value' } },

  'Mutation.createWorkspace': { role: 'STRANGER' },
  'Mutation.renameWorkspace': { role: 'OWNER', id: 'workspace' },
  'Mutation.inviteMember': { role: 'OWNER', values: { email: 'grace@affluent.example' } },
  'Mutation.revokeInvitation': { role: 'OWNER', id: 'invitation', destroys: true },
  'Mutation.acceptInvitation': { role: 'STRANGER' },
  'Mutation.changeMemberRole': { role: 'OWNER', values: { role: 'VIEWER' } },
  'Mutation.removeMember': { role: 'OWNER', destroys: true },
  'Mutation.leaveWorkspace': { role: 'VIEWER', id: 'workspace', destroys: true },
  'Mutation.transferWorkspace': { role: 'OWNER', destroys: true },
  'Mutation.deleteWorkspace': { role: 'OWNER', id: 'workspace', destroys: true },

  'Mutation.updateProfile': { role: 'STRANGER' },
  'Mutation.sendVerificationEmail': { role: 'STRANGER' },
  'Mutation.changePassword': {
    role: 'STRANGER',
    values: { currentPassword: PASSWORD, newPassword: 'amber-window-granite-2077' },
    destroys: true,
  },
  'Mutation.disconnectAccount': { role: 'STRANGER', id: 'nothing' },
  'Mutation.startPasskeyRegistration': { role: 'STRANGER' },
  'Mutation.finishPasskeyRegistration': { role: 'STRANGER' },
  'Mutation.renamePasskey': { role: 'STRANGER', id: 'nothing' },
  'Mutation.removePasskey': { role: 'STRANGER', id: 'nothing' },
  'Mutation.endSession': { role: 'OWNER', id: 'session', destroys: true },
  'Mutation.signOutEverywhere': { role: 'STRANGER', destroys: true },

  'Mutation.registerOAuthClient': {
    role: 'STRANGER',
    values: { redirectUris: ['https://app.example/callback'], scopes: ['profile'] },
  },
  'Mutation.updateOAuthClient': { role: 'OWNER', id: 'oauthClient' },
  'Mutation.rotateOAuthClientSecret': { role: 'OWNER', id: 'oauthClient' },
  'Mutation.deleteOAuthClient': { role: 'OWNER', id: 'oauthClient', destroys: true },
  'Mutation.revokeGrant': { role: 'OWNER', id: 'grant', destroys: true },
  'Mutation.createAccessToken': { role: 'STRANGER', values: { scopes: ['profile'] } },
  'Mutation.revokeAccessToken': { role: 'OWNER', id: 'accessToken', destroys: true },
};

/** By subgraph and entity type: the least role that is given the entity. */
export const ENTITIES: Readonly<Record<string, { readonly role: Role; readonly id: ThingName }>> = {
  'users.User': { role: 'VIEWER', id: 'owner' },
  'users.Workspace': { role: 'VIEWER', id: 'workspace' },
  'datasets.Dataset': { role: 'VIEWER', id: 'dataset' },
  'datasets.Import': { role: 'VIEWER', id: 'import' },
  // References: they give back the id that was sent, and what hangs on them checks for itself.
  'datasets.Workspace': { role: 'STRANGER', id: 'workspace' },
  'insights.Dataset': { role: 'STRANGER', id: 'dataset' },
  'insights.Chart': { role: 'VIEWER', id: 'chart' },
};
