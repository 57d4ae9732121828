import { AuthenticationApi, Configuration, MeApi } from "@traptitech/traq";
import { isAxiosError } from "axios";

const configuration = new Configuration({ basePath: "/api/v3" });
const api = new AuthenticationApi(configuration);
const me = new MeApi(configuration);

const statusOf = (error: unknown) => (isAxiosError(error) ? error.response?.status : undefined);

export async function signIn(name: string, password: string) {
  try {
    await api.login(undefined, { name, password });
    return `Welcome, ${(await me.getMe()).data.displayName}`;
  } catch (error) {
    if (statusOf(error) === 401) return "The name or the password is wrong.";
    if (statusOf(error) === 403) return "This account is suspended.";
    throw error;
  }
}

export async function isSignedIn() {
  try {
    await me.getMe();
    return true;
  } catch (error) {
    if (statusOf(error) === 401) return false;
    throw error;
  }
}

export async function listDevices() {
  const { data } = await api.getMySessions();
  return data.map(({ id, issuedAt }) => ({ id, since: new Date(issuedAt) }));
}

export const endDevice = (id: string) => api.revokeMySession(id);

export const signOut = () => api.logout();
