package nl.wotpoort.settings;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes in an administrator's file: problems, never a crash. Runs its kept corpus in the
 * ordinary build.
 */
final class SettingsFuzzTest {

  @FuzzTest
  void anyDirectoryFile(byte[] bytes) {
    HostileFilesTest.routes(Routes.DIRECTORY, bytes);
  }

  @FuzzTest
  void anyMailboxesFile(byte[] bytes) {
    HostileFilesTest.routes(Routes.MAILBOXES, bytes);
  }

  @FuzzTest
  void anyPartnersFile(byte[] bytes) {
    HostileFilesTest.routes(Routes.PARTNERS, bytes);
  }

  @FuzzTest
  void anySettingsFile(byte[] bytes) {
    HostileFilesTest.settings(bytes);
  }
}
