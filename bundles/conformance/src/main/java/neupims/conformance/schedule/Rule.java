// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

/** What a scheduler's plans must keep to; each is a property of its own. */
enum Rule {
  VALID(
      "valid plans",
      "a plan names only requests that are there, each once, and comes without an exception"),
  LIMITS("limits", "batch and token budget are kept to, prompts are whole where they must be"),
  KV("KV conservation", "no KV block is lost, made or taken twice, on the device or on the host"),
  WORK("work conservation", "as long as somebody waits or is in service, something is done"),
  STARVATION("no starvation", "every request is served to its last token in finite time"),
  CAUSALITY(
      "causality",
      "nobody is admitted before it arrives, no token runs before those it depends on");

  final String title;
  final String promise;

  Rule(String title, String promise) {
    this.title = title;
    this.promise = promise;
  }
}
