/** Name of the file in cdktf's output folder that synth writes and every command of the CLI reads. */
export const MODEL_FILE = "tandem.model.json";
