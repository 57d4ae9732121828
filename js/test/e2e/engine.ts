/** Which engine the tests are driven in, "chromium" or another; see tools/test.sh. */
export const engine = process.env["ENGINE"] ?? "chromium";
