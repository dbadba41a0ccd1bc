; Inno Setup: installs for one user, without administrator rights. Build it with build.ps1, which passes
;   /DVersion=… /DSource=<folder of the bundle> /DIcon=<bedrock-console.ico> /O<folder for the result>
#ifndef Version
  #error "pass /DVersion=…, as build.ps1 does"
#endif

[Setup]
AppId={{7D0B6B2C-3E43-4B8B-9D0A-5C2F6E0B7A11}
AppName=Bedrock Console
AppVersion={#Version}
AppPublisher=Bedrock Console
VersionInfoVersion={#Version}.0
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
DefaultDirName={localappdata}\Programs\Bedrock Console
DefaultGroupName=Bedrock Console
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.19041
Compression=lzma2/max
SolidCompression=yes
OutputBaseFilename=bedrock-console-{#Version}-windows-x86_64-setup
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\bedrock-console-window.exe
UninstallDisplayName=Bedrock Console
LicenseFile={#Source}\licences\bedrock-console.txt
WizardStyle=modern
CloseApplications=yes
RestartApplications=no
ChangesEnvironment=no

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Files of the version before: one that is no longer shipped must not stay beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Bedrock Console"; Filename: "{app}\bedrock-console-window.exe"; WorkingDir: "{app}"
Name: "{userdesktop}\Bedrock Console"; Filename: "{app}\bedrock-console-window.exe"; WorkingDir: "{app}"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "Put an icon on the desktop"; Flags: unchecked

[Run]
Filename: "{app}\bedrock-console.exe"; Parameters: "self-test"; StatusMsg: "Checking the installation"; Flags: runhidden; Check: not WizardSilent
Filename: "{app}\bedrock-console-window.exe"; Description: "Start Bedrock Console"; Flags: nowait postinstall skipifsilent

; Evidence, keys and settings are the officer's: uninstalling leaves them where they are.
