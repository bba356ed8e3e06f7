/**
 * The handle that stands for everybody who was erased, wherever others still see what they did together. It has the form
 * of a handle, so that every client can show it, and nobody can sign up with it: users keeps it as taken.
 */
export const DELETED_USER_HANDLE = 'deleted_user';
