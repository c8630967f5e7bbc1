import { randomUUID } from 'node:crypto';

import type { Client } from '@affluent/client';

/** The things whose ids arguments need, in one workspace of one owner. Each is made when it is first asked for. */
export interface Things {
  /** @throws {Error} when there is no such thing to be made. */
  readonly idOf: (name: string) => Promise<string>;
}

const IMPORT = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id dataset { id } } } }`;
const APPEND = `mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { cursor } }`;
const CREATE_CHART = `mutation ($input: CreateChartInput!) { createChart(input: $input) { chart { id } } }`;
const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id } } }`;
const REGISTER = `mutation ($input: RegisterOAuthClientInput!) { registerOAuthClient(input: $input) { client { id } } }`;
const CREATE_TOKEN = `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { accessToken { id } } }`;

type Makers = Readonly<Record<string, () => Promise<string>>>;
export type ThingName =
  | 'workspace'
  | 'owner'
  | 'user'
  | 'import'
  | 'dataset'
  | 'cursor'
  | 'chart'
  | 'invitation'
  | 'session'
  | 'grant'
  | 'oauthClient'
  | 'accessToken'
  | 'nothing';

/** @param member - id of another member of the owner's workspace. */
export function createThings(owner: Client, member: string): Things {
  const known = new Map<string, Promise<string>>();
  const idOf = (name: string): Promise<string> => {
    const maker = makers[name];
    if (!maker) throw new Error(`Teach things.ts how to make a thing named "${name}".`);
    const id = known.get(name) ?? maker();
    known.set(name, id);
    return id;
  };

  const imported = async () => {
    const input = { workspaceId: await idOf('workspace'), name: 'Readings' };
    const bytes = Buffer.from('time,value\n2026-01-01T00:00:00Z,1\n');
    const answer = await owner.upload<{
      importDataset: { import: { id: string; dataset: { id: string } } };
    }>(IMPORT, { input }, { name: 'readings.csv', bytes });
    const { id, dataset } = answer.importDataset.import;
    const progress = `subscription ($id: ID!) { importProgressed(importId: $id) { status } }`;
    for await (const _ of owner.subscribe(progress, { id }));
    return { import: id, dataset: dataset.id };
  };
  let running: ReturnType<typeof imported> | undefined;
  const importing = () => (running ??= imported());

  const mine = async (selection: string): Promise<Record<string, unknown>> =>
    (await owner.query<{ viewer: Record<string, unknown> }>(`{ viewer { ${selection} } }`)).viewer;
  const firstOf = async (list: string): Promise<string> => {
    const things = (await mine(`${list} { id }`))[list] as { readonly id: string }[];
    if (!things[0]) throw new Error(`The owner has no ${list}.`);
    return things[0].id;
  };
  const append = async (value: number): Promise<string> => {
    const points = [{ time: '2026-01-01T01:00:00Z', value }];
    const { appendDataPoints } = await owner.query<{ appendDataPoints: { cursor: string } }>(
      APPEND,
      {
        input: { datasetId: await idOf('dataset'), points },
      },
    );
    return appendDataPoints.cursor;
  };

  const makers: Makers & Readonly<Record<ThingName, () => Promise<string>>> = {
    workspace: async () => {
      const memberships = (await mine('memberships { workspace { id } }')).memberships as {
        readonly workspace: { readonly id: string };
      }[];
      return memberships[0]?.workspace.id ?? '';
    },
    owner: async () => String((await mine('id')).id),
    user: async () => member,
    import: async () => (await importing()).import,
    dataset: async () => (await importing()).dataset,
    /** The cursor before the last append, so that a subscription from there has an event at once. */
    cursor: async () => {
      const cursor = await append(1);
      await append(2);
      return cursor;
    },
    chart: async () => {
      const input = {
        datasetId: await idOf('dataset'),
        title: 'Load',
        spec: { x: 'time', y: 'value' },
      };
      const answer = await owner.query<{ createChart: { chart: { id: string } } }>(CREATE_CHART, {
        input,
      });
      return answer.createChart.chart.id;
    },
    invitation: async () => {
      const input = { workspaceId: await idOf('workspace'), email: 'alan@affluent.example' };
      const answer = await owner.query<{ inviteMember: { invitation: { id: string } } }>(INVITE, {
        input,
      });
      return answer.inviteMember.invitation.id;
    },
    session: () => firstOf('sessions'),
    grant: () => firstOf('grants'),
    oauthClient: async () => {
      const input = {
        name: 'App',
        redirectUris: ['https://app.example/callback'],
        scopes: ['profile'],
      };
      const answer = await owner.query<{ registerOAuthClient: { client: { id: string } } }>(
        REGISTER,
        { input },
      );
      return answer.registerOAuthClient.client.id;
    },
    accessToken: async () => {
      const input = { name: 'Script', scopes: ['profile'] };
      const answer = await owner.query<{ createAccessToken: { accessToken: { id: string } } }>(
        CREATE_TOKEN,
        { input },
      );
      return answer.createAccessToken.accessToken.id;
    },
    nothing: async () => randomUUID(),
  };
  return { idOf };
}
