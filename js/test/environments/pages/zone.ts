import "zone.js";
import "zone.js/plugins/zone-patch-fetch"; // which puts a signal of its own into the request
import { saw, scope } from "./page.ts";

const zone = Zone.current.fork({
  name: "application",
  onScheduleTask(delegate, _, target, task) {
    if (task.source === "fetch") {
      const { fetchArgs } = task.data as unknown as { fetchArgs: Parameters<typeof fetch> };
      saw(fetchArgs[1]?.method, fetchArgs[0]);
    }
    return delegate.scheduleTask(target, task);
  },
});
scope.inside = (task) => zone.run(task);
