/** What is announced with NOTIFY; the payload names the import or dataset. */
export const CHANNELS = { importProgressed: 'import_progressed', appended: 'appended' } as const;
