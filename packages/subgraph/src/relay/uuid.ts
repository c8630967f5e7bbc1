const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Whether an id from a caller can be the id of anything here. */
export const isUuid = (id: string): boolean => UUID.test(id);
