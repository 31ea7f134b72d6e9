/** The box's program. */
import { packOf } from "./calls.js";
import { serve } from "./serve.js";

await serve(packOf(import.meta.url));
