import type { Scene } from './scene.ts';

/** A way for a subscriber to lose access. */
export interface Ending {
  readonly name: string;
  /** The code that the stream ends with. */
  readonly code: 'FORBIDDEN' | 'UNAUTHENTICATED';
  /** An access token of the viewer to subscribe with, and the function that takes access away. */
  readonly begin: (
    scene: Scene,
    origin: string,
  ) => Promise<{ readonly token: string; readonly end: () => Promise<unknown> }>;
}

const byMutation =
  (
    who: 'owner' | 'viewer',
    mutation: string,
    variablesOf: (scene: Scene) => Readonly<Record<string, unknown>> = () => ({}),
  ): Ending['begin'] =>
  async (scene) => ({
    token: await scene.viewer.client.accessToken(),
    end: () => scene[who].client.query(mutation, variablesOf(scene)),
  });

const ofWorkspace = ({ workspaceId }: Scene) => ({ w: workspaceId });

export const ENDINGS: readonly Ending[] = [
  {
    name: 'the owner removes the member',
    code: 'FORBIDDEN',
    begin: byMutation(
      'owner',
      'mutation ($w: ID!, $u: ID!) { removeMember(input: { workspaceId: $w, userId: $u }) { workspace { id } } }',
      (scene) => ({ ...ofWorkspace(scene), u: scene.viewer.id }),
    ),
  },
  {
    name: 'the member leaves',
    code: 'FORBIDDEN',
    begin: byMutation(
      'viewer',
      'mutation ($w: ID!) { leaveWorkspace(id: $w) { leftId } }',
      ofWorkspace,
    ),
  },
  {
    name: 'the owner deletes the workspace',
    code: 'FORBIDDEN',
    begin: byMutation(
      'owner',
      'mutation ($w: ID!) { deleteWorkspace(id: $w) { deletedId } }',
      ofWorkspace,
    ),
  },
  {
    name: 'the member revokes the personal access token',
    code: 'UNAUTHENTICATED',
    begin: async ({ viewer }) => {
      const { createAccessToken } = await viewer.client.query<{
        createAccessToken: { token: string; accessToken: { id: string } };
      }>(
        'mutation { createAccessToken(input: { name: "Script", scopes: ["datasets:read"] }) { token accessToken { id } } }',
      );
      const { token, accessToken } = createAccessToken;
      const REVOKE = 'mutation ($id: ID!) { revokeAccessToken(id: $id) { revokedId } }';
      return { token, end: () => viewer.client.query(REVOKE, { id: accessToken.id }) };
    },
  },
  {
    name: 'the member deletes the client that acts alone',
    code: 'UNAUTHENTICATED',
    begin: async ({ viewer }, origin) => {
      const { registerOAuthClient } = await viewer.client.query<{
        registerOAuthClient: { client: { id: string; clientId: string }; clientSecret: string };
      }>(
        `mutation { registerOAuthClient(input: { name: "Machine", redirectUris: [], clientCredentials: true, scopes: ["datasets:read"] }) {
          client { id clientId } clientSecret } }`,
      );
      const { client, clientSecret } = registerOAuthClient;
      const secret = Buffer.from(`${client.clientId}:${clientSecret}`).toString('base64');
      const response = await fetch(`${origin}/oidc/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${secret}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'datasets:read' }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      const DELETE = 'mutation ($id: ID!) { deleteOAuthClient(id: $id) { deletedId } }';
      return { token, end: () => viewer.client.query(DELETE, { id: client.id }) };
    },
  },
  {
    name: 'the member signs out everywhere',
    code: 'UNAUTHENTICATED',
    begin: byMutation('viewer', 'mutation { signOutEverywhere { ended } }'),
  },
];
