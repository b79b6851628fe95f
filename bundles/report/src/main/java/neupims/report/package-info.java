// SPDX-License-Identifier: Apache-2.0
/** Reports that come with the platform: a finished run goes in, files come out. */
package neupims.report;
