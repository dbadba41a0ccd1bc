<#
.SYNOPSIS
  Builds Bedrock Console for Windows: the bundle's folder, an MSIX package and an installer, signed if a certificate is named.
.EXAMPLE
  packaging\windows\build.ps1
  packaging\windows\build.ps1 -CertificateThumbprint 0123… -Publisher "CN=Department, O=Department, C=GB" -TimestampServer http://…
#>
param(
  [string]$Python = "py -3.11",
  [string]$Out = "dist",
  [string]$Publisher = "CN=Bedrock Console",
  [string]$CertificateThumbprint = "",
  [string]$TimestampServer = "",
  [switch]$NoMsix,
  [switch]$NoInstaller
)
$ErrorActionPreference = "Stop"
Set-StrictMode -Version Latest
$here = $PSScriptRoot
$root = (Resolve-Path (Join-Path $here "..\..")).Path

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
  & $Program @Arguments
  if ($LASTEXITCODE -ne 0) { throw "$Program ended with code $LASTEXITCODE" }
}

function Find-Tool([string]$Name, [string[]]$Folders) {
  $found = Get-Command $Name -ErrorAction SilentlyContinue
  if ($found) { return $found.Source }
  foreach ($folder in $Folders) {
    $file = Get-ChildItem -Path $folder -Filter $Name -Recurse -ErrorAction SilentlyContinue |
      Where-Object { $_.FullName -notmatch "\\(x86|arm64?)\\" } | Sort-Object FullName | Select-Object -Last 1
    if ($file) { return $file.FullName }
  }
  throw "$Name is not on this machine; README.md beside this script says what brings it"
}

$kits = @("${env:ProgramFiles(x86)}\Windows Kits\10\bin")
function Set-Signature([string]$File) {
  if (-not $CertificateThumbprint) { return }
  $arguments = @("sign", "/fd", "SHA256", "/sha1", $CertificateThumbprint)
  if ($TimestampServer) { $arguments += @("/tr", $TimestampServer, "/td", "SHA256") }
  Invoke-Checked (Find-Tool "signtool.exe" $kits) ($arguments + $File)
}

Push-Location $root
try {
  # 1. An environment of the locked wheels, hashes checked, and the bundle's folder.
  $parts = $Python -split " "
  Invoke-Checked $parts[0] (@($parts | Select-Object -Skip 1) + @("-m", "venv", ".venv"))
  $venv = Join-Path $root ".venv\Scripts\python.exe"
  Invoke-Checked $venv @("-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--no-binary", "bagit", "-r", "requirements-dev.lock")
  Invoke-Checked $venv @("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
  $env:QT_QPA_PLATFORM = "offscreen"
  Invoke-Checked $venv @("packaging\bundle.py", "--out", $Out, "--folder-only")
  $bundle = (Resolve-Path (Join-Path $Out "bedrock-console")).Path
  $version = (& $venv -c "import console; print(console.__version__)").Trim()
  $drawn = Join-Path $Out "drawn"
  Invoke-Checked $venv @("packaging\icons.py", $drawn)
  Remove-Item Env:\QT_QPA_PLATFORM

  # 2. The programs, signed, and tried before anything is made of them.
  foreach ($name in "bedrock-console.exe", "bedrock-console-window.exe") { Set-Signature (Join-Path $bundle $name) }
  Invoke-Checked (Join-Path $bundle "bedrock-console.exe") @("self-test")

  # 3. MSIX: installed for one user by double click, `Add-AppxPackage` or Intune; no administrator where the publisher is trusted.
  if (-not $NoMsix) {
    $layout = Join-Path $Out "msix"
    if (Test-Path $layout) { Remove-Item -Recurse -Force $layout }
    Copy-Item -Recurse $bundle $layout
    Copy-Item -Recurse (Join-Path $drawn "Assets") (Join-Path $layout "Assets")
    $manifest = (Get-Content -Raw (Join-Path $here "AppxManifest.xml")).Replace("{Version}", $version).Replace("{Publisher}", $Publisher).Replace("{Architecture}", "x64")
    [IO.File]::WriteAllText((Join-Path $layout "AppxManifest.xml"), $manifest)
    $makepri = Find-Tool "makepri.exe" $kits
    Push-Location $layout
    try {
      Invoke-Checked $makepri @("createconfig", "/cf", "..\priconfig.xml", "/dq", "en-GB", "/o")
      Invoke-Checked $makepri @("new", "/pr", ".", "/cf", "..\priconfig.xml", "/of", "resources.pri", "/o")
    } finally { Pop-Location }
    $package = Join-Path $Out "bedrock-console-$version-windows-x86_64.msix"
    Invoke-Checked (Find-Tool "makeappx.exe" $kits) @("pack", "/d", $layout, "/p", $package, "/o", "/h", "SHA256")
    Set-Signature $package
  }

  # 4. Inno Setup: an installer for one user, without administrator rights.
  if (-not $NoInstaller) {
    $iscc = Find-Tool "ISCC.exe" @("${env:ProgramFiles(x86)}\Inno Setup 6", "$env:LocalAppData\Programs\Inno Setup 6")
    $icon = (Resolve-Path (Join-Path $drawn "bedrock-console.ico")).Path
    Invoke-Checked $iscc @("/Qp", "/DVersion=$version", "/DSource=$bundle", "/DIcon=$icon", "/O$((Resolve-Path $Out).Path)", (Join-Path $here "console.iss"))
    Set-Signature (Join-Path $Out "bedrock-console-$version-windows-x86_64-setup.exe")
  }
  Get-ChildItem $Out -File | Where-Object { $_.Extension -in ".msix", ".exe" } | Get-FileHash -Algorithm SHA256 |
    ForEach-Object { "{0}  {1}" -f $_.Hash.ToLower(), (Split-Path -Leaf $_.Path) } | Set-Content (Join-Path $Out "SHA256SUMS")
} finally { Pop-Location }
