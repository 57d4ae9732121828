import { auth } from "./auth";

/** Each login has a channel of its own, by the state that is in both addresses. */
const channelOf = (url: string) => new BroadcastChannel(new URL(url).searchParams.get("state") ?? "");

/** To be called by a click. */
export async function logInByPopup() {
  const popup = open("", "", "popup,width=480,height=640"); // first: after an await it would be blocked
  const { url } = await auth.login({ navigate: false });
  const channel = channelOf(url);
  const answer = await new Promise<string>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    (popup?.location ?? location).assign(url);
  });
  channel.close();
  await auth.completeLogin(answer);
}

/** To be called by the page at redirectURI where it has an `opener`, and not completeLogin. */
export function answerOpener() {
  channelOf(location.href).postMessage(location.href);
  close();
}
