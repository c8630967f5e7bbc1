/** The initial content of the explorer. */
export const WELCOME_QUERY = /* documented operation */ `# The graph of Affluent, as you may see it. Ctrl-Enter runs the operation, Ctrl-Space completes it.
query Me {
  viewer {
    displayName
    memberships {
      role
      workspace {
        id
        name
      }
    }
  }
}
`;
