{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{/* The name of all that is made here. Not longer than what a label of a pod of it may be. */}}
{{- define "gossip.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "gossip.selector" -}}
app.kubernetes.io/name: gossip
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "gossip.labels" -}}
{{ include "gossip.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "gossip.allowedHosts" -}}
{{- $name := include "gossip.name" . -}}
{{- $service := printf "%s.%s" $name .Release.Namespace -}}
{{- concat (list $name $service (printf "%s.svc" $service)) .Values.extraAllowedHosts | join "," -}}
{{- end -}}
