import { ChannelApi, Configuration } from "@traptitech/traq";
import { createAuthClient } from "traq-auth";

const baseURL = "/api/v3";
export const auth = createAuthClient({ baseURL });
const channels = new ChannelApi(new Configuration({ basePath: baseURL }));

/** The cookie that auth has got goes with the official client's requests too. */
export async function listChannels() {
  const { data } = await channels.getChannels();
  return data.public.map(({ name }) => name);
}
