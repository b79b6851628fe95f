// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

/**
 * Something that a user gave is wrong. The message stands alone: it names the file or option, the
 * key path or line and column, the value, what is allowed and, for what looks like a typo, the
 * nearest valid name. The command line prints it without a stack trace and exits with 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message as described above. */
  public InputException(String message) {
    super(message);
  }

  /** The same with the failure that led to it. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
