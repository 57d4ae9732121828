import { Whose } from "./whose";

export default () => <Whose />;
