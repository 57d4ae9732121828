import { ChannelApi, Configuration } from "@traptitech/traq";

/** What an application does with the official client, whose token comes from ours. */
(globalThis as { listChannels?: unknown }).listChannels = async (
  basePath: string,
  accessToken: () => Promise<string>,
): Promise<unknown> => {
  const { data } = await new ChannelApi(new Configuration({ basePath, accessToken })).getChannels();
  return data.public.map(({ name }) => name);
};
