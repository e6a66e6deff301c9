/**
 * What the parts of a packed backup are called inside it.
 *
 * @module
 */

/** The database. */
export const DATABASE_ENTRY = "database.sqlite";

/** The folder of the files that travel with it, relative to the database's folder. */
export const FILES_ENTRY = "files/";
